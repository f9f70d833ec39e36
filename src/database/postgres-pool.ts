import type { Pool, PoolClient, PoolConfig } from 'pg';

/**
 * A pool that outlives its connections. One that is lost while somebody uses it fails their query and says so a
 * second time as an event, which ends the process where nobody listens.
 */
export async function openPool(config: PoolConfig, onLostConnection: (error: Error) => void): Promise<Pool> {
  // Loaded only here: most bots keep their records in SQLite.
  const { default: pg } = await import('pg');
  const pool = new pg.Pool(config);
  pool.on('error', onLostConnection);
  pool.on('connect', (client) => {
    client.on('error', () => {});
    endOnceUnanswered(client);
  });
  return pool;
}

/**
 * Gives up a connection on which the server left a query unanswered for `query_timeout`: the driver leaves it in the
 * pool, where whoever gets it next waits behind that query. After a server that went without a word (a failover) each
 * connection would fail like that until the system's TCP gives it up, which takes a quarter of an hour.
 */
function endOnceUnanswered(client: PoolClient): void {
  client.query = new Proxy(client.query, {
    apply(query, self, given) {
      const answer: unknown = Reflect.apply(query, self, given);
      if (answer instanceof Promise) {
        answer.catch((error: unknown) => {
          if (error instanceof Error && error.message === 'Query read timeout') void client.end();
        });
      }
      return answer;
    },
  });
}
