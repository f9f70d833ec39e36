import { Client } from 'pg';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { connect } from '../../src/database/connect.ts';
import { canStartPostgres, startPostgresServer } from '../database/postgres-server.ts';
import { readFile, root } from '../project/imports.ts';

const { services } = z
  .object({
    services: z.object({
      bot: z.object({ environment: z.record(z.string(), z.string()), env_file: z.literal('.env') }),
      database: z.object({
        image: z.string(),
        environment: z.record(z.string(), z.string()),
        volumes: z.array(z.string()),
      }),
    }),
  })
  .parse(parse(readFile('compose.yml')));
const { bot, database } = services;

/** A version with nothing left open: `17.11-bookworm`, and not `17`. */
const FULL_VERSION = { postgres: /^postgres:\d+\.\d+-\w+$/, node: /^node:\d+\.\d+\.\d+-\w+-slim$/ };

test('images are named by their full version', () => {
  expect(database.image).toMatch(FULL_VERSION.postgres);
  const bases = [...readFile('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(bases).toHaveLength(2);
  for (const base of bases) expect(base).toMatch(FULL_VERSION.node);
  expect(new Set(bases).size).toBe(1);
});

test("the bot is given its own database user, and no superuser's password", () => {
  const url = new URL(bot.environment.DATABASE_URL?.replaceAll(/\$\{[^}]*\}/g, 'secret') ?? '');
  expect(url.username).toBe('bot');
  // PostgreSQL's image makes POSTGRES_USER a superuser, with POSTGRES_PASSWORD; what .env holds reaches the bot.
  expect(database.environment).not.toHaveProperty('POSTGRES_USER');
  expect(readFile('compose.yml')).not.toMatch(/\$\{POSTGRES_PASSWORD/);
  expect(database.environment.DATABASE_PASSWORD).toContain('${DATABASE_PASSWORD');
  expect(bot.environment.DATABASE_URL).toContain('${DATABASE_PASSWORD');
  expect(database.volumes).toContain('./deploy/database.sql:/docker-entrypoint-initdb.d/database.sql:ro');
});

test.skipIf(!canStartPostgres)(
  'the database that deploy/database.sql makes: the bot works in it and can do nothing else, and the superuser can not come from outside',
  { timeout: 30_000 },
  async () => {
    const server = await startPostgresServer({ password: true, settings: { fsync: 'on' } });
    try {
      const asSuperuser = [
        '--no-password',
        '--no-psqlrc',
        '--set',
        'ON_ERROR_STOP=1',
        '--username',
        'postgres',
      ];
      await server.program('psql', [...asSuperuser, '--command', "alter role postgres password 'known'"]);
      await server.program('psql', [...asSuperuser, '--command', 'create database bot']);
      // As PostgreSQL's image does with what lies in /docker-entrypoint-initdb.d.
      await server.program(
        'psql',
        [...asSuperuser, '--dbname', 'bot', '--file', `${root}/deploy/database.sql`],
        {
          DATABASE_PASSWORD: 'a-Secret_1',
        },
      );

      const as = (user: string, password: string) => {
        const url = new URL(server.url);
        url.username = user;
        url.password = password;
        url.pathname = '/bot';
        return url.href;
      };
      const connection = await connect(
        { type: 'postgres', url: as('bot', 'a-Secret_1') },
        { exclusive: true, onLostConnection: () => {} },
      );
      await connection.close();
      const client = new Client({ connectionString: as('bot', 'a-Secret_1') });
      await client.connect();
      try {
        const { rows } = await client.query(
          `select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
            current_setting('statement_timeout') as reads from pg_roles where rolname = current_user`,
        );
        expect(rows).toEqual([
          {
            rolsuper: false,
            rolcreatedb: false,
            rolcreaterole: false,
            rolreplication: false,
            rolbypassrls: false,
            reads: '2s',
          },
        ]);
        await expect(client.query("copy (select 1) to program 'true'")).rejects.toThrow(
          'pg_execute_server_program',
        );
      } finally {
        await client.end();
      }
      for (const url of [as('postgres', 'known'), as('postgres', ''), as('bot', 'other')]) {
        const refused = new Client({ connectionString: url });
        await expect(refused.connect()).rejects.toThrow(/password/);
      }
    } finally {
      await server.remove();
    }
  },
);
