import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BrowserContext, Locator } from 'playwright-core';
import sharp from 'sharp';
import type { PageState } from '../demo/page/state.ts';
import { demoPeople } from '../demo/slack/demo-workspace.ts';
import { startDemo } from '../demo/start.ts';
import { launchBrowser } from '../test/browser.ts';
import { wordsOf } from '../test/messages/words.ts';
import { galleryPage, type Look } from './gallery/page.ts';
import { messages, type Shown, surfaces } from './gallery/shown.ts';

/**
 * `npm run gallery`: every message, modal and home tab as the demo's page draws it, in both themes and three widths, with
 * its words and pixels beside it: `gallery/index.html`. Takes some minutes; `-- --only modal` draws what has that in its
 * name or is on that surface. Emoji need a font on this machine (Debian: fonts-noto-color-emoji).
 */
const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values;
const FOLDER = fileURLToPath(new URL('../gallery/', import.meta.url));
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 700 },
  { width: 375, height: 812 },
] as const;
/** More at once, and the page takes long to draw. */
const MESSAGES_AT_ONCE = 60;

/** What the page is to show: nothing but this. */
type Scene = Pick<PageState, 'messages' | 'views' | 'home'>;
const NOTHING: Scene = { messages: {}, views: [], home: undefined };

const demo = await startDemo({ withHistory: true });
const browser = await launchBrowser();
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const now = new Date();
  const all = [...messages(now), ...(await surfaces(demo, now))].filter(({ name, surface }) =>
    `${surface} ${name}`.includes(only),
  );
  const looks = new Map<Shown, Look[]>(all.map((shown) => [shown, []]));
  for (const theme of THEMES) {
    for (const size of SIZES) {
      console.log(`${theme}, ${size.width} × ${size.height}`);
      const context = await browser.newContext({
        viewport: size,
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      const draw = await onThePage(context);
      const take = async (shown: Shown, element: Locator, hidden: number) => {
        const file = `${all.indexOf(shown)}-${theme}-${size.width}.webp`;
        const pixels = Math.round((await element.boundingBox())?.height ?? 0);
        const image = await element.screenshot({ animations: 'disabled', caret: 'hide' });
        await sharp(image).webp({ quality: 75 }).toFile(`${FOLDER}${file}`);
        looks.get(shown)?.push({ theme, width: size.width, file, pixels, hidden });
      };
      const posts = all.filter((shown) => shown.surface === 'message');
      for (let from = 0; from < posts.length; from += MESSAGES_AT_ONCE) {
        const some = posts.slice(from, from + MESSAGES_AT_ONCE);
        const [
          {
            message: { channel },
          } = { message: { channel: '' } },
        ] = some;
        const tab = await draw({ ...NOTHING, messages: { [channel]: some.map(({ message }) => message) } });
        for (const shown of some) {
          await take(shown, tab.locator(`.message[data-ts="${shown.message.ts}"]`), 0);
        }
      }
      for (const shown of all) {
        if (shown.surface === 'message') continue;
        const isHome = shown.surface === 'home';
        const tab = await draw(
          isHome ? { ...NOTHING, home: shown.view } : { ...NOTHING, views: [shown.view] },
          isHome,
        );
        const hidden = await tab
          .locator(isHome ? '.home-tab' : '.dialog-body')
          .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
        await take(shown, tab.locator(isHome ? '.home-tab' : '.dialog'), hidden);
      }
      await context.close();
    }
  }
  const rows = [...looks].map(([{ name, surface, ...shown }, seen]) => ({
    name,
    surface,
    words: wordsOf('message' in shown ? shown.message.blocks : shown.view.view).length,
    looks: seen,
  }));
  await writeFile(`${FOLDER}index.html`, galleryPage(rows, SIZES));
  console.log(`${FOLDER}index.html: ${rows.length} surfaces`);
} finally {
  await browser.close();
  await demo.stop();
}

/** Draws a scene on the demo's own page, seen by Ana, instead of what the workspace holds. */
async function onThePage(context: BrowserContext) {
  const answer = await fetch(new URL(`api/state?user=${demoPeople.ana}`, demo.url));
  const state: PageState = JSON.parse(await answer.text());
  const directMessage = state.channels.find(({ kind }) => kind === 'im')?.id ?? '';
  let scene = NOTHING;
  const tab = await context.newPage();
  tab.setDefaultTimeout(30_000);
  await tab.route('**/api/state*', (route) => route.fulfill({ json: { ...state, ...scene } }));
  await tab.route('**/api/act', (route) => route.fulfill({ json: { outcome: 'done' } }));
  return async (next: Scene, isHome = false) => {
    scene = next;
    const channel = isHome ? directMessage : (Object.keys(next.messages)[0] ?? '');
    await tab.goto('about:blank');
    await tab.goto(new URL(`#${demoPeople.ana}/${channel}`, demo.url).href);
    await tab.locator('.slack-window').waitFor();
    return tab;
  };
}
