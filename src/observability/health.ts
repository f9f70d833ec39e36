import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Connection } from '../database/connect.ts';
import { readMigrationStandingAgain } from '../database/migrate.ts';
import type { Logger } from './log.ts';
import type { WriteCheck } from './write-check.ts';

/** What the routes that watch the bot are answered from. */
export interface Health {
  /** What keeps the bot from serving now, in words for the operator; empty: ready. */
  readonly problems: () => Promise<readonly string[]>;
  /** The names of what in the background doesn't move any more; empty: all is well. */
  readonly stuck: () => readonly string[];
  readonly metrics: { readonly contentType: string; read(): Promise<string> };
  readonly log: Logger;
}

/**
 * Answers `GET /healthz`, the one route that whoever can reach the bot may ask: whether its process works, in no more
 * words. It doesn't while work in the background stands still, which only a restart mends; Slack, AWS or a database that
 * are away are no reason to restart anything. False: another route.
 */
export function answerAlive(
  request: IncomingMessage,
  response: ServerResponse,
  { stuck }: Pick<Health, 'stuck'>,
): boolean {
  if (request.method !== 'GET' || pathOf(request) !== '/healthz') return false;
  const alive = stuck().length === 0;
  answerJson(response, alive ? 200 : 503, { status: alive ? 'ok' : 'stuck' });
  return true;
}

export interface OpsServer {
  /** @throws Error in words for the operator, where the port can't be used. */
  start(): Promise<void>;
  stop(): Promise<void>;
  port(): number;
}

/** The routes that watch the bot, at an address of their own: `/readyz` (it can serve, or what is wrong) and `/metrics`. */
export function createOpsServer(
  { host, port }: { readonly host: string; readonly port: number },
  health: Health,
): OpsServer {
  const server = createServer((request, response) => {
    if (answerAlive(request, response, health)) return;
    const path = request.method === 'GET' ? pathOf(request) : undefined;
    if (path === '/readyz') void answerReady(response, health);
    else if (path === '/metrics') void answerMetrics(response, health);
    else answerJson(response, 404, { status: 'not found' });
  });
  return {
    start: () => listen(server, { host, port, setting: 'OPS_PORT' }),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    port: () => portOf(server) ?? port,
  };
}

/** @throws Error in words for the operator; `setting`: where the port is set. */
export async function listen(
  server: Server,
  at: { readonly host: string; readonly port: number; readonly setting: string },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new Error(`${at.setting} ${at.port} can't be used: ${error.message}. Set another ${at.setting}.`, {
          cause: error,
        }),
      ),
    );
    server.listen(at.port, at.host, resolve);
  });
}

/** The port a server listens on; undefined: it doesn't. */
export function portOf(server: Server): number | undefined {
  const address = server.address();
  return address === null || typeof address === 'string' ? undefined : address.port;
}

const pathOf = ({ url }: IncomingMessage): string | undefined => url?.split('?')[0];

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function answerReady(response: ServerResponse, { problems, log }: Health): Promise<void> {
  let found: readonly string[];
  try {
    found = await problems();
  } catch (error) {
    log.error({ error }, 'the readiness check failed');
    found = ['the readiness check failed'];
  }
  const ready = found.length === 0;
  answerJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', problems: found });
}

async function answerMetrics(response: ServerResponse, { metrics, log }: Health): Promise<void> {
  try {
    const body = await metrics.read();
    response.writeHead(200, { 'content-type': metrics.contentType });
    response.end(body);
  } catch (error) {
    log.error({ error }, 'the metrics could not be read');
    answerJson(response, 500, { status: 'the metrics could not be read' });
  }
}

/** What behind the connection to Slack keeps the bot from serving now, in words for the operator; empty: nothing. */
export async function notReady({
  db,
  writes,
  stuck,
}: Pick<Connection, 'db'> & Pick<Health, 'stuck'> & { readonly writes: WriteCheck }): Promise<
  readonly string[]
> {
  return [
    ...(await databaseProblems(db, writes)),
    ...stuck().map((name) => `the work in the background has stopped: ${name}`),
  ];
}

async function databaseProblems(db: Connection['db'], writes: WriteCheck): Promise<readonly string[]> {
  try {
    const { ahead } = await readMigrationStandingAgain(db);
    // As after a backup was restored under a running bot: it brings a database up to date only when it starts.
    if (ahead.length > 0) return [`the database is older than this bot (${ahead.join(', ')}): restart it`];
    const problem = await writes.problem();
    return problem === undefined ? [] : [`the database takes no writes: ${problem}`];
  } catch {
    return ['the database does not answer'];
  }
}
