import { readFileSync } from 'node:fs';

/**
 * The address that opens Slack's form for a new app with the bot's manifest filled in. Without the manifest's comments:
 * they are for whoever reads the file, and would make the address half as long again.
 *
 * "Share manifests", https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests
 */
export function appLink(): string {
  const manifest = readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8');
  const lines = manifest.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  // Some terminals take an apostrophe for the end of an address.
  const encoded = encodeURIComponent(lines.join('\n')).replaceAll("'", '%27');
  return `https://api.slack.com/apps?new_app=1&manifest_yaml=${encoded}`;
}
