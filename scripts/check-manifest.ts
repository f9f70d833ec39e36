// `npm run check:manifest`: manifest.yml and manifest.organisation.yml against the code, and against Slack's schema where that is at hand.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { manifestProblems, organisationProblems, readManifest, schemaProblems } from './manifest.ts';
import { slackUse } from './slack-use.ts';

const root = new URL('..', import.meta.url);
const manifest = readManifest(new URL('manifest.yml', root));
const problems = manifestProblems(manifest, slackUse(new URL('src/', root)));
problems.push(
  ...organisationProblems(readManifest(new URL('manifest.organisation.yml', root)), manifest).map(
    (problem) => `manifest.organisation.yml: ${problem}`,
  ),
);

const named = process.env.SLACK_MANIFEST_SCHEMA;
const schemaFile = named === undefined ? new URL('../shared/manifest.schema.json', root) : resolve(named);
if (existsSync(schemaFile)) {
  problems.push(...schemaProblems(manifest, JSON.parse(readFileSync(schemaFile, 'utf8'))));
} else if (named !== undefined) {
  problems.push(`SLACK_MANIFEST_SCHEMA names a file that isn't there: ${named}`);
} else {
  console.log(
    "Slack's schema was not found, so manifest.yml was checked against the code only. Get manifest.schema.json from github.com/slackapi/manifest-schema and name it in SLACK_MANIFEST_SCHEMA.",
  );
}

if (problems.length > 0) {
  console.error(['manifest.yml:', ...problems.map((problem) => `  • ${problem}`)].join('\n'));
  process.exit(1);
}
console.log(`manifest.yml is right for the code${existsSync(schemaFile) ? ' and for Slack' : ''}.`);
