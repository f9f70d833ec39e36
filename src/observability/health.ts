import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Connection } from '../database/connect.ts';
import { readMigrationStandingAgain } from '../database/migrate.ts';
import type { Database } from '../database/schema.ts';
import type { Logger } from './log.ts';

/** What the routes that watch the bot are answered from. */
export interface Health {
  /** What keeps the bot from serving now, in words for the operator; empty: ready. */
  readonly problems: () => Promise<readonly string[]>;
  /** The names of what in the background doesn't move any more; empty: all is well. */
  readonly stuck: () => readonly string[];
  readonly registry: Pick<Registry, 'contentType' | 'metrics'>;
  readonly log: Logger;
}

/**
 * Answers `GET /healthz`, the one route that whoever can reach the bot may ask: whether its process works, and no more.
 * It answers 503 while work in the background stands still, which only a restart mends. That Slack, AWS or the database is
 * away is no reason to restart. False: another route.
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

/** The routes that watch the bot, at an address of their own: `/readyz` (it can serve, or what is wrong) and `/metrics`. */
export function createOpsServer(
  { host, port }: { readonly host: string; readonly port: number },
  health: Health,
) {
  const server = createServer((request, response) => {
    if (answerAlive(request, response, health)) return;
    const path = request.method === 'GET' ? pathOf(request) : undefined;
    if (path === '/readyz') void answerReady(response, health);
    else if (path === '/metrics') void answerMetrics(response, health);
    else answerJson(response, 404, { status: 'not found' });
  });
  return {
    /** @throws Error in words for the operator, where the port can't be used. */
    start: () => listen(server, { host, port, setting: 'OPS_PORT' }),
    stop: async (): Promise<void> => {
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

async function answerMetrics(response: ServerResponse, { registry, log }: Health): Promise<void> {
  try {
    const body = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType });
    response.end(body);
  } catch (error) {
    log.error({ error }, 'the metrics could not be read');
    answerJson(response, 500, { status: 'the metrics could not be read' });
  }
}

/** What keeps the bot from serving now, Slack apart, in words for the operator; empty: nothing. */
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
    const problem = await writes();
    return problem === undefined ? [] : [`the database takes no writes: ${problem}`];
  } catch {
    return ['the database does not answer'];
  }
}

/** Characters: more than fits into what SQLite has left of a page, so that a full disk is noticed. */
const ROOM = 8000;

/**
 * Commits a small write that leaves nothing behind: a database that only answers may be full or read-only.
 *
 * @param id of no other that may be written at the same moment
 * @throws what the database refuses it with; `whyNoWrites` has words for that
 */
export async function tryToWrite(db: Database, id: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('trial_writes')
      .values({ id, filler: '-'.repeat(ROOM) })
      .execute();
    await tx.deleteFrom('trial_writes').where('id', '=', id).execute();
  });
}

/**
 * Why a write was refused, in words that hold no text of the database's: `/readyz` answers whoever asks.
 * "Result and Error Codes", https://sqlite.org/rescode.html; "PostgreSQL Error Codes",
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function whyNoWrites(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === '53100') return 'its disk is full';
  if (code.startsWith('SQLITE_READONLY') || code === '25006') return 'it is read-only';
  return /^[A-Z0-9_]{5,40}$/.test(code) ? code : 'the log says why';
}

/** Answers why the database takes no writes; undefined: it takes them. Never rejects. */
export type WriteCheck = () => Promise<string | undefined>;

/** While it lasts, it is logged again after this (milliseconds). */
const SAID_AGAIN_MS = 15 * 60_000;

/** Finds out by writing whether the database takes writes, and says in the log when that changes. */
export function createWriteCheck({
  db,
  clock,
  newId,
  log,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
}): WriteCheck {
  let saidAt: number | undefined;

  const look = async (): Promise<string | undefined> => {
    try {
      await tryToWrite(db, newId());
    } catch (error) {
      const at = clock.monotonic();
      if (saidAt === undefined || at - saidAt >= SAID_AGAIN_MS) {
        log.error({ error }, 'the database takes no writes, nothing can be recorded');
        saidAt = at;
      }
      return whyNoWrites(error);
    }
    if (saidAt !== undefined) log.info('the database takes writes again');
    saidAt = undefined;
    return undefined;
  };

  return cached(clock, look);
}

/** The database isn't asked the same more often, however many read the answer (milliseconds). */
const STAYS_MS = 5000;

/** Asks only when somebody does, and answers the same for a while. */
export function cached<Answer>(
  clock: Pick<Clock, 'monotonic'>,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let last: { readonly at: number; readonly answer: Promise<Answer> } | undefined;
  return () => {
    const at = clock.monotonic();
    if (last === undefined || at - last.at >= STAYS_MS) last = { at, answer: ask() };
    return last.answer;
  };
}
