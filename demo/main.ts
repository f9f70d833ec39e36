import { startDemo } from './start.ts';

const demo = await startDemo();
console.log(`The demo is at ${demo.url} (Ctrl+C ends it)`);

const end = async () => {
  process.off('SIGINT', end).off('SIGTERM', end);
  await demo.stop();
};
process.on('SIGINT', end).on('SIGTERM', end);
