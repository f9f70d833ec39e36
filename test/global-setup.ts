import { unpackBrowser } from './browser.ts';

/** Once before all tests: unpacks the browser, so that no test waits for it or does it beside another. */
export default async function setup(): Promise<void> {
  if (process.platform === 'linux') await unpackBrowser();
}
