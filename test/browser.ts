import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));

/**
 * A real browser for a test, which closes it: the one inside `@sparticuz/chromium` on Linux (it needs the
 * system's libnss3), an installed Chrome elsewhere.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux') return await chromium.launch({ channel: 'chrome' });
  const folder = await unpackBrowser();
  return await chromium.launch({
    executablePath: join(folder, 'chromium'),
    // The package has no sandbox helper; --no-zygote goes with that. The tests open only their own pages.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, FONTCONFIG_PATH: join(folder, 'fonts') },
  });
}

/** A tab of a usual size, which gives up before the test does: what fails then names what it waited for. */
export async function openTab(browser: Browser): Promise<Page> {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  tab.setDefaultTimeout(15_000);
  return tab;
}

/**
 * Whether the browser tests can run here; where they can't, it says so in a line. With CI=true it is always
 * true, so that there they fail instead of being skipped.
 */
export async function browserIsHere(): Promise<boolean> {
  if (process.env.CI === 'true') return true;
  try {
    const browser = await launchBrowser();
    await browser.close();
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const remedy =
      process.platform === 'linux' ? 'install libnss3 (apt-get install -y libnss3)' : 'install Chrome';
    console.warn(`Browser tests skipped: no browser starts here (${reason}); to run them, ${remedy}.`);
    return false;
  }
}

/**
 * Unpacks the browser of `@sparticuz/chromium` into a folder of its own, once for each version of it, and
 * answers the folder.
 */
export async function unpackBrowser(): Promise<string> {
  const folder = join(cache, `chromium-${await packageVersion()}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unpacking-'));
  const { default: packed } = await import('@sparticuz/chromium');
  const previous = process.env.TMPDIR;
  try {
    // The package unpacks into the system's temporary folder, under names that everybody shares.
    process.env.TMPDIR = unfinished;
    await packed.executablePath();
    await writeFile(join(unfinished, 'fonts/fonts.conf'), fontsConfiguration(join(folder, 'fonts')));
  } finally {
    if (previous === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = previous;
  }
  // Renamed only when it is whole: a run that was interrupted, or one beside this one, does no harm.
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

async function packageVersion(): Promise<string> {
  const manifest = new URL('../node_modules/@sparticuz/chromium/package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'));
  return version;
}

/** The package's own names folders that exist in AWS Lambda only. */
function fontsConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}
