import { connect } from '../../src/database/connect.ts';

/** A process that connects as a bot does, tells its parent what came of it, and ends. */
async function main(): Promise<string> {
  try {
    const connection = await connect(JSON.parse(process.argv[2] ?? '{}'), {
      exclusive: true,
      onLostConnection: () => {},
    });
    await connection.close();
    return 'connected';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.send?.(await main());
process.disconnect?.();
