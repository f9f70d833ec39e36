import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../free-port.ts';

/** How PgBouncer lends its connections: for a session, a transaction or a statement. */
export type PoolMode = 'session' | 'transaction' | 'statement';

/** Where Debian and others put it; undefined: it isn't installed. */
export const pgbouncer = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'pgbouncer'))
  .find((file) => existsSync(file));

export interface Pooler {
  readonly url: string;
  /** Ends it, with every connection, and starts it again at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A PgBouncer of its own in front of the server of `url`; `ignored`: startup parameters that it takes and drops. */
export async function startPooler(
  url: string,
  { mode, ignored = [] }: { readonly mode: PoolMode; readonly ignored?: readonly string[] },
): Promise<Pooler> {
  if (pgbouncer === undefined) throw new Error('There is no pgbouncer.');
  const folder = await mkdtemp(join(tmpdir(), 'pooler-'));
  // As root it wants to be somebody else, who has to find its settings.
  await chmod(folder, 0o755);
  const server = new URL(url);
  const port = await freePort();
  const settings = join(folder, 'pgbouncer.ini');
  await writeFile(
    settings,
    [
      '[databases]',
      `* = host=${server.hostname} port=${server.port || 5432} user=${server.username}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      `pool_mode = ${mode}`,
      `ignore_startup_parameters = ${ignored.join(',')}`,
      // It waits for a quarter of a minute otherwise, before it tries a server again that was away.
      'server_login_retry = 1',
    ].join('\n'),
  );
  const program = pgbouncer;
  let child: ChildProcess;
  const start = () => {
    child = spawn(program, ['-q', ...(userInfo().uid === 0 ? ['-u', 'postgres'] : []), settings], {
      stdio: 'ignore',
    });
    return answering(port, child);
  };
  const end = async () => {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (child.exitCode === null) child.kill('SIGTERM');
    if (child.exitCode === null) await ended;
  };
  await start();
  const pooled = new URL(url);
  pooled.hostname = '127.0.0.1';
  pooled.port = String(port);
  return {
    url: pooled.href,
    async restart() {
      await end();
      await start();
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`pgbouncer ended with ${child.exitCode}.`);
}
