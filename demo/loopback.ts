import { once } from 'node:events';
import type { Server } from 'node:http';

/** Listens, for this machine only. @param port 0: any free one */
export async function listenOnLoopback(server: Server, port: number) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    /** Ends every connection too. */
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
