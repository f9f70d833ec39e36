import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * `npm start`: the bot's process, with what an earlier start has compiled at hand. Without it most of a start is
 * stripping types and compiling, and what does that stays in memory.
 *
 * It is kept beside the packages: whoever may write there can change the code itself, which isn't so of the folder
 * for temporary files. Where nothing can be written the bot starts all the same.
 */
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
await import('./main.ts');
// Node itself writes at the end of a process, and this one may be killed.
flushCompileCache();
