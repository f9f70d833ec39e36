import { startDemo } from './start.ts';

/** Always the same, so that a page that is open comes back by itself when the demo is started again. */
const PORT = 3030;

const demo = await startDemo({ port: PORT, withHistory: true });
if (new URL(demo.url).port !== String(PORT))
  console.log(`Port ${PORT} is taken, perhaps by another demo; this one has another.`);
console.log(`The demo is at ${demo.url} (Ctrl+C ends it)`);

const end = async () => {
  process.off('SIGINT', end).off('SIGTERM', end);
  await demo.stop();
};
process.on('SIGINT', end).on('SIGTERM', end);
