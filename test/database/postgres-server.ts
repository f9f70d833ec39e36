import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);

/** Where Debian puts them, the newest; else in the path. Undefined: PostgreSQL's server isn't installed. */
const binaries = [...debianBinaries(), ...(process.env.PATH ?? '').split(delimiter)].find((folder) =>
  existsSync(join(folder, 'initdb')),
);

function debianBinaries(): string[] {
  const all = '/usr/lib/postgresql';
  const versions = existsSync(all) ? readdirSync(all) : [];
  return versions.sort((one, other) => Number(other) - Number(one)).map((each) => join(all, each, 'bin'));
}

/** As root PostgreSQL doesn't run: then as the user of Debian's packages. */
const runsAs = userInfo().uid === 0 ? userOf('postgres') : { uid: userInfo().uid, gid: userInfo().gid };

function userOf(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const users = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  const found = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(users);
  return found === null ? undefined : { uid: Number(found[1]), gid: Number(found[2]) };
}

export const canStartPostgres = binaries !== undefined && runsAs !== undefined;

/** A PostgreSQL server of a test's own, on loopback. */
export interface PostgresServer {
  /** Of its superuser, who needs no password unless `password` asks for one. */
  readonly url: string;
  readonly folder: string;
  /** Ends it, if it still runs: in order, or as a crash does. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  isRunning(): boolean;
  /** One of PostgreSQL's own programs, as whoever runs the server, with its standard output for an answer. */
  program(name: 'psql' | 'pg_ctl', args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string>;
  /** Ends it and takes its data away. */
  remove(): Promise<void>;
}

export interface PostgresServerOptions {
  /** `fsync` and the like, as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** A folder for its data, where it isn't to be one for temporary files. */
  readonly inside?: string;
  /** Whoever comes over the network needs a password. */
  readonly password?: boolean;
  /** The address of a running server of which this one is to be the standby, from a slot of this name. */
  readonly standbyOf?: { readonly url: string; readonly slot: string };
}

/** @throws Error where PostgreSQL isn't installed, or with what it said where it doesn't start. */
export async function startPostgresServer(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  if (binaries === undefined || runsAs === undefined) throw new Error('PostgreSQL is not installed.');
  const at = (name: string) => join(binaries, name);
  const parent = await mkdtemp(join(options.inside ?? tmpdir(), 'postgres-'));
  await chown(parent, runsAs.uid, runsAs.gid);
  const folder = join(parent, 'data');
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const { standbyOf, password = false } = options;
  if (standbyOf === undefined) {
    const hosts = password ? 'scram-sha-256' : 'trust';
    await run(
      at('initdb'),
      ['-D', folder, '-U', 'postgres', '--auth-local=trust', `--auth-host=${hosts}`, '--no-sync'],
      runsAs,
    );
  } else {
    await run(
      at('pg_basebackup'),
      [
        '-D',
        folder,
        '-d',
        standbyOf.url,
        '-R',
        '-C',
        '-S',
        standbyOf.slot,
        '-X',
        'stream',
        '-c',
        'fast',
        '--no-sync',
      ],
      runsAs,
    );
  }
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: parent,
    ...options.settings,
  };

  let child: ChildProcess | undefined;
  let said = '';
  const server: PostgresServer = {
    url,
    folder,
    async start() {
      const started = spawn(
        at('postgres'),
        ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        { ...runsAs, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      child = started;
      started.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
      });
      while (started.exitCode === null) {
        const ready = await run(at('pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).then(
          () => true,
          () => false,
        );
        if (ready) return;
        await delay(30);
      }
      throw new Error(`PostgreSQL ended with ${started.exitCode}: ${said}`);
    },
    async stop(how) {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => child?.once('exit', () => resolve()));
      child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    program: async (name, args, env = {}) =>
      (
        await run(at(name), [...args], {
          ...runsAs,
          env: { PGHOST: parent, PGPORT: String(port), ...env },
        })
      ).stdout,
    async remove() {
      await server.stop('immediate');
      await rm(parent, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}
