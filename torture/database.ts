import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CuttableConnection, cuttableConnection } from '../test/database/cuttable-connection.ts';
import { type Pooler, pgbouncer, startPooler } from '../test/database/pooler.ts';
import {
  canStartPostgres,
  type PostgresServer,
  startPostgresServer,
} from '../test/database/postgres-server.ts';
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from './small-disk.ts';

/** What is put around the bots' database so that something can be done to it. */
export type Around = 'servers' | 'pooler' | 'small disk';

export type DatabaseKind = 'sqlite' | 'postgres';

/** Why this machine, or this database, doesn't have it; undefined: it does. */
export function whyNotAround(around: Around, kind: DatabaseKind): string | undefined {
  switch (around) {
    case 'servers':
      if (kind === 'sqlite') return 'SQLite has no server';
      return canStartPostgres ? undefined : "PostgreSQL's server isn't installed";
    case 'pooler':
      if (kind === 'sqlite') return 'SQLite has no server';
      return pgbouncer === undefined ? 'pgbouncer is not installed' : undefined;
    case 'small disk':
      if (kind === 'postgres' && !canStartPostgres) return "PostgreSQL's server isn't installed";
      return whyNoSmallDisk();
  }
}

/** The database of a run, and what can be done to it. What isn't around it throws. */
export interface TortureDatabase {
  readonly kind: DatabaseKind;
  /** For the world: the server by a way that always leads to the one that counts; undefined: SQLite. */
  readonly url: string | undefined;
  /** Where the bots get to a database of that server. */
  readonly botsWay: ((url: string) => string) | undefined;
  /** The folder of SQLite's database. */
  readonly data: string | undefined;
  /** The server ends at once, and is started again. */
  crash(awayMs: number): Promise<void>;
  /**
   * Once the standby has everything it hears nothing any more for so long, then the server ends at once and the standby
   * takes over: nothing that was committed before the call is lost.
   */
  failOver(lagMs: number): Promise<void>;
  restartPooler(): Promise<void>;
  fillDisk(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Megabytes. PostgreSQL begins with 40, SQLite with less than one. */
const DISK = { postgres: 320, sqlite: 48 };
/** The servers' own: nothing they have for a default is safer than what the bot asks for. */
const SETTINGS = {
  synchronous_commit: 'off',
  max_connections: 200,
  min_wal_size: '32MB',
  max_wal_size: '64MB',
  wal_receiver_timeout: '5s',
  // A standby whose server was away comes back at once, and not after five seconds.
  wal_retrieve_retry_interval: '200ms',
};

/** @param server a server that is there, for PostgreSQL without servers of its own */
export async function openTortureDatabase(
  kind: DatabaseKind,
  around: ReadonlySet<Around>,
  server: string | undefined,
): Promise<TortureDatabase> {
  return kind === 'sqlite' ? sqlite(around) : postgres(around, server);
}

const absent = (what: string) => async (): Promise<never> => {
  throw new Error(`There is no ${what}.`);
};

/** Fills a disk up for a while. */
async function fillFor(disk: SmallDisk, ms: number): Promise<void> {
  try {
    disk.fill();
    await delay(ms);
  } finally {
    disk.free();
  }
}

function sqlite(around: ReadonlySet<Around>): TortureDatabase {
  const disk = around.has('small disk') ? mountSmallDisk(DISK.sqlite) : undefined;
  return {
    kind: 'sqlite',
    url: undefined,
    botsWay: undefined,
    data: disk && join(disk.folder, 'data'),
    crash: absent('server'),
    failOver: absent('standby'),
    restartPooler: absent('pooler'),
    fillDisk: disk === undefined ? absent('small disk') : (ms) => fillFor(disk, ms),
    close: async () => disk?.unmount(),
  };
}

/** A server with a disk of its own, where there is to be one. */
interface Served {
  readonly server: PostgresServer;
  readonly disk: SmallDisk | undefined;
}

async function startServed(hasDisk: boolean, standbyOf?: { url: string; slot: string }): Promise<Served> {
  const disk = hasDisk ? mountSmallDisk(DISK.postgres) : undefined;
  const server = await startPostgresServer({
    settings: SETTINGS,
    ...(disk === undefined ? {} : { inside: disk.folder }),
    ...(standbyOf === undefined ? {} : { standbyOf }),
  });
  return { server, disk };
}

async function endServed({ server, disk }: Served): Promise<void> {
  await server.remove();
  disk?.unmount();
}

/** How long a standby may take whose server crashed or was full (milliseconds). */
const CAUGHT_UP_MS = 15_000;

/** Resolves once the standby has what its server has written by now. */
async function caughtUp(primary: PostgresServer, standby: PostgresServer): Promise<void> {
  const ask = async ({ url, program }: PostgresServer, sql: string) =>
    (await program('psql', ['-At', '-c', sql, url])).trim();
  const written = await ask(primary, 'select pg_current_wal_insert_lsn()');
  for (let waited = 0; waited < CAUGHT_UP_MS; waited += 100) {
    if ((await ask(standby, `select pg_last_wal_receive_lsn() >= '${written}'`)) === 't') return;
    await delay(100);
  }
  throw new Error('The standby does not catch up.');
}

async function postgres(around: ReadonlySet<Around>, given: string | undefined): Promise<TortureDatabase> {
  const hasDisk = around.has('small disk');
  const isOwn = hasDisk || around.has('servers');
  let first = isOwn ? await startServed(hasDisk) : undefined;
  let standby: (Served & { readonly stream: CuttableConnection }) | undefined;
  const target = first?.server.url ?? given;
  if (target === undefined) throw new Error('No PostgreSQL server is named, and none is installed.');
  const way = await cuttableConnection(target);
  const pooler: Pooler | undefined = around.has('pooler')
    ? await startPooler(way.url, { mode: 'transaction' })
    : undefined;

  let standbys = 0;
  const startStandby = async (primary: PostgresServer) => {
    standbys += 1;
    const stream = await cuttableConnection(primary.url);
    standby = { ...(await startServed(hasDisk, { url: stream.url, slot: `standby_${standbys}` })), stream };
  };
  if (first !== undefined && around.has('servers')) await startStandby(first.server);

  return {
    kind: 'postgres',
    url: way.url,
    botsWay: pooler && ((url) => otherServer(url, pooler.url)),
    data: undefined,
    async crash(awayMs) {
      if (first === undefined) throw new Error('There is no server of our own.');
      await first.server.stop('immediate');
      await delay(awayMs);
      await first.server.start();
    },
    async failOver(lagMs) {
      if (first === undefined || standby === undefined) throw new Error('There is no standby.');
      const [old, next] = [first, standby];
      await caughtUp(old.server, next.server);
      next.stream.silence();
      await delay(lagMs);
      await old.server.stop('immediate');
      await way.cut();
      await next.stream.close();
      await next.server.program('pg_ctl', ['promote', '-w', '-D', next.server.folder]);
      way.leadTo(next.server.url);
      await way.heal();
      first = next;
      standby = undefined;
      await endServed(old);
      await startStandby(next.server);
    },
    restartPooler: pooler === undefined ? absent('pooler') : () => pooler.restart(),
    async fillDisk(ms) {
      if (first?.disk === undefined) throw new Error('There is no small disk.');
      await fillFor(first.disk, ms);
      // It ends where it can't even recover; whoever runs it frees the disk and starts it again.
      if (!first.server.isRunning()) await first.server.start();
    },
    async close() {
      await pooler?.stop();
      await way.close();
      if (standby !== undefined) {
        await standby.stream.close();
        await endServed(standby);
      }
      if (first !== undefined) await endServed(first);
    },
  };
}

/** The same database, asked for at another address. */
function otherServer(url: string, server: string): string {
  const moved = new URL(url);
  const { hostname, port } = new URL(server);
  moved.hostname = hostname;
  moved.port = port;
  return moved.href;
}
