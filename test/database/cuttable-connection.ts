import { connect, createServer, type Socket } from 'node:net';

/** A way to a PostgreSQL server that can be taken away. */
export interface CuttableConnection {
  /** The same database as the server's URL, by this way. */
  readonly url: string;
  /** Every connection is lost, and there is no new one until `heal`. */
  cut(): Promise<void>;
  heal(): Promise<void>;
  /** From now on it leads to this server. */
  leadTo(url: string): void;
  /** The connections that stand say nothing any more, as where the server's machine is gone; new ones are well. */
  silence(): void;
  /** The next commit of a statement that holds this reaches the server and is carried out; its answer is lost with the connection. */
  loseAnswerToCommitOf(statement: string): void;
  close(): Promise<void>;
}

/** Stands between the bot and the server of `url`, and passes on what they say. */
export async function cuttableConnection(url: string): Promise<CuttableConnection> {
  let target = new URL(url);
  const sockets = new Set<Socket>();
  const silent = new Set<Socket>();
  let losing: string | undefined;

  const pass = (client: Socket): void => {
    const server = connect(Number(target.port || 5432), target.hostname);
    let lost = false;
    let isMeant = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        silent.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (losing !== undefined && text.includes(losing)) isMeant = true;
      if (isMeant && /commit\0/i.test(text)) {
        losing = undefined;
        lost = true;
      }
      if (!silent.has(client)) server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (lost) client.destroy();
      else if (!silent.has(client)) client.write(bytes);
    });
  };

  const listener = createServer(pass);
  const listen = (port: number) =>
    new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = listener.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);

  const cut = () =>
    new Promise<void>((resolve) => {
      listener.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: through.href,
    cut,
    heal: () => listen(port),
    leadTo: (other) => {
      target = new URL(other);
    },
    silence: () => {
      for (const socket of sockets) silent.add(socket);
    },
    loseAnswerToCommitOf: (statement) => {
      losing = statement;
    },
    close: () => (listener.listening ? cut() : Promise.resolve()),
  };
}
