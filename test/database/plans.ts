import { CompiledQuery, type KyselyPlugin, type RootOperationNode } from 'kysely';
import type { Dialect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/schema.ts';

/** Every query that `ask` makes, as the database plans it. */
export async function plansOf(
  db: Database,
  dialect: Dialect,
  ask: (watched: Database) => Promise<unknown>,
): Promise<readonly string[]> {
  const nodes: RootOperationNode[] = [];
  const watching: KyselyPlugin = {
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  await ask(db.withPlugin(watching));
  return db.connection().execute(async (connection) => {
    const plans: string[] = [];
    for (const node of nodes) {
      const executor = connection.getExecutor();
      const query = executor.compileQuery(node, { queryId: 'a plan' });
      const explain = dialect === 'sqlite' ? 'explain query plan' : 'explain';
      const { rows } = await connection.executeQuery(
        CompiledQuery.raw(`${explain} ${query.sql}`, [...query.parameters]),
      );
      plans.push(JSON.stringify(rows));
    }
    return plans;
  });
}
