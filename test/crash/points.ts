import diagnostics from 'node:diagnostics_channel';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';

/** Told of every effect that this process has on the world, right before and right after it. */
export type OnPoint = (name: string) => void;

/** Calls of Slack's client that keep the socket and tell nobody anything. */
const NOT_EFFECTS = new Set(['auth.test', 'bots.info', 'apps.connections.open']);

/**
 * Observes, from outside the code that has them, every effect of this process: each HTTP request (before it, once
 * its last byte is written, once its answer is in) and each write to the database (before and after: a commit, or
 * a statement of its own). A statement that changes nothing is no write. To be called before a database is opened:
 * the bot keeps its prepared statements. Nothing else is done than without it until `isCounting`.
 */
export function observePoints(onPoint: OnPoint, isCounting: () => boolean): void {
  observeRequests(onPoint);
  observeSqlite(onPoint, isCounting);
  observePostgres(onPoint);
}

/** Both undici and Node's own `fetch` publish here. "Diagnostics Channel Support", https://undici.nodejs.org */
function observeRequests(onPoint: OnPoint): void {
  const stages = {
    'undici:request:create': (name: string) => `before ${name}`,
    'undici:request:bodySent': (name: string) => `${name} sent`,
    'undici:request:trailers': (name: string) => `${name} answered`,
  };
  for (const [channel, label] of Object.entries(stages)) {
    diagnostics.subscribe(channel, (message) => {
      const name = requestName(message);
      if (name !== undefined && !NOT_EFFECTS.has(name)) onPoint(label(name));
    });
  }
}

/** Counts the HTTP requests of this process that are under way. */
export function observeTraffic(): () => number {
  let count = 0;
  diagnostics.subscribe('undici:request:create', () => {
    count += 1;
  });
  for (const end of ['undici:request:trailers', 'undici:request:error']) {
    diagnostics.subscribe(end, () => {
      count -= 1;
    });
  }
  return () => count;
}

/** The operation, as AWS's `X-Amz-Target` or Slack's path names it; `response_url` for any of those. */
function requestName(message: unknown): string | undefined {
  const request = propertyOf(message, 'request');
  const headers = propertyOf(request, 'headers');
  const target = Array.isArray(headers) ? headers[headers.indexOf('x-amz-target') + 1] : undefined;
  if (typeof target === 'string' && target.startsWith('AWSPartnerCentralSelling.')) {
    return target.replace(/^.*\./, '');
  }
  const path = propertyOf(request, 'path');
  if (typeof path !== 'string') return undefined;
  // A response_url is a secret of its own each time.
  return path.startsWith('/actions/') ? 'response_url' : path.replace(/^\/api\//, '');
}

function observeSqlite(onPoint: OnPoint, isCounting: () => boolean): void {
  const transaction = transactionPoints(onPoint);
  wrap(
    SqliteDatabase.prototype,
    'prepare',
    (prepare) =>
      function (...given) {
        const statement = prepare.apply(this, given);
        const sql = String(given[0]);
        const name = writeName(sql);
        const isBoundary = /^(begin|commit|rollback)/i.test(sql);
        if ((name === undefined && !isBoundary) || !isObject(statement)) return statement;
        const exec = (command: string) => Reflect.apply(SqliteDatabase.prototype.exec, this, [command]);
        const inTransaction = () => propertyOf(this, 'inTransaction') === true;
        for (const method of ['all', 'run']) {
          wrap(
            statement,
            method,
            (execute) =>
              function (...parameters) {
                if (!isCounting()) return execute.apply(this, parameters);
                if (name === undefined)
                  return transaction.boundary(sql, () => execute.apply(this, parameters));
                if (inTransaction()) {
                  const result = execute.apply(this, parameters);
                  transaction.wrote(name, result);
                  return result;
                }
                // Only by trying is it known whether it changes anything.
                exec('savepoint tried');
                let tried: unknown;
                try {
                  tried = execute.apply(this, parameters);
                } catch (error) {
                  exec('rollback to tried; release tried');
                  throw error;
                }
                if (!hasEffect(tried)) {
                  exec('release tried');
                  return tried;
                }
                exec('rollback to tried; release tried');
                onPoint(`before ${name}`);
                const result = execute.apply(this, parameters);
                onPoint(`after ${name}`);
                return result;
              },
          );
        }
        return statement;
      },
  );
}

/** Outside of a transaction, "before" is where the last effect left things: only "after" is a point of its own. */
function observePostgres(onPoint: OnPoint): void {
  const transactions = new WeakMap<object, ReturnType<typeof transactionPoints>>();
  wrap(
    pg.Client.prototype,
    'query',
    (query) =>
      function (...given) {
        const sql = typeof given[0] === 'string' ? given[0] : '';
        const name = writeName(sql);
        if (!isObject(this)) return query.apply(this, given);
        const open = transactions.get(this);
        if (/^begin/i.test(sql)) transactions.set(this, transactionPoints(onPoint));
        if (/^(commit|rollback)/i.test(sql)) {
          transactions.delete(this);
          return open?.boundary(sql, () => query.apply(this, given)) ?? query.apply(this, given);
        }
        if (name === undefined) return query.apply(this, given);
        return Promise.resolve(query.apply(this, given)).then((result) => {
          if (open !== undefined) open.wrote(name, result);
          else if (hasEffect(result)) onPoint(`after ${name}`);
          return result;
        });
      },
  );
}

/** A transaction is one write, named for all that it changed: nobody sees any of it before the commit. */
function transactionPoints(onPoint: OnPoint) {
  let written: string[] = [];
  return {
    wrote: (name: string, result: unknown): void => {
      if (hasEffect(result)) written.push(name);
    },
    boundary: (sql: string, execute: () => unknown): unknown => {
      const names = /^commit/i.test(sql) ? written : [];
      written = [];
      if (names.length === 0) return execute();
      const name = `commit of ${names.join(', ')}`;
      onPoint(`before ${name}`);
      const result = execute();
      if (!(result instanceof Promise)) {
        onPoint(`after ${name}`);
        return result;
      }
      return result.then((answer) => {
        onPoint(`after ${name}`);
        return answer;
      });
    },
  };
}

/** What the bot's own SQL writes to, and of an update the first column: that tells them apart. */
function writeName(sql: string): string | undefined {
  const [, verb, table, column] =
    /^(insert into|update|delete from) "(\w+)"(?: set "(\w+)")?/.exec(sql) ?? [];
  if (verb === undefined || table === undefined) return undefined;
  return `${verb} ${table}${column === undefined ? '' : ` (${column})`}`;
}

/** Rows that were returned or changed, as both drivers tell. */
function hasEffect(result: unknown): boolean {
  if (Array.isArray(result)) return result.length > 0;
  return Number(propertyOf(result, 'changes') ?? propertyOf(result, 'rowCount') ?? 0) > 0;
}

type Method = (this: unknown, ...given: unknown[]) => unknown;

function wrap(target: object, name: string, around: (original: Method) => Method): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return;
  Reflect.set(
    target,
    name,
    around(function (...given) {
      return Reflect.apply(original, this, given);
    }),
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const propertyOf = (value: unknown, name: string): unknown =>
  isObject(value) ? Reflect.get(value, name) : undefined;
