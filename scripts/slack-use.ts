import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { COMMAND, SHORTCUT } from '../src/slack/ids.ts';
import type { SlackUse } from './manifest.ts';

/** What the source files below `folder` ask of Slack, by reading them. */
export function slackUse(folder: URL): SlackUse {
  const cwd = fileURLToPath(folder);
  const sources = globSync('**/*.ts', { cwd }).map((path) => readFileSync(new URL(path, folder), 'utf8'));
  // On any client, whatever it is called: what counts is that Slack's own client has such a method.
  const calls = sources.flatMap((source) => [...source.matchAll(/((?:\.\s*[a-zA-Z]+\s*){2,})\(/g)]);
  const client = new WebClient();
  const methods = calls
    .map(([, chain = '']) => chain.split('.').map((name) => name.trim()))
    .map((names) => names.map((_, start) => names.slice(start)).find((path) => isMethod(client, path)))
    .filter((path) => path !== undefined);
  return {
    commands: sources.some((source) => /\.command\(\s*COMMAND\b/.test(source)) ? [COMMAND] : [],
    shortcuts: Object.entries(SHORTCUT)
      .filter(([name]) => sources.some((source) => answers(source, name)))
      .map(([, callbackId]) => callbackId),
    events: [
      ...new Set(
        sources.flatMap((source) =>
          [...source.matchAll(/\bapp\.event\(\s*'([a-z_.]+)'/g)].map(([, event = '']) => event),
        ),
      ),
    ],
    methods: [...new Set(methods.map((path) => path.join('.')))].sort(),
  };
}

/** Whether a source registers a listener for the shortcut of this name in `SHORTCUT`. */
const answers = (source: string, name: string): boolean =>
  new RegExp(`\\.shortcut\\b[^;]*\\bSHORTCUT\\.${name}\\b`).test(source);

/** Whether `path` leads through the client's families of methods to one of them, as in `chat.postMessage`. */
function isMethod(client: WebClient, path: readonly string[]): boolean {
  let at: unknown = client;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return false;
    at = Reflect.get(at, name);
  }
  return path.length > 1 && typeof at === 'function';
}
