import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  manifestProblems,
  organisationProblems,
  readManifest,
  schemaProblems,
} from '../../scripts/manifest.ts';
import { slackUse } from '../../scripts/slack-use.ts';
import { BOT_SCOPES } from '../../src/slack/ids.ts';
import { readFile } from './imports.ts';

const root = new URL('../../', import.meta.url);
const manifest = readManifest(new URL('manifest.yml', root));
const use = slackUse(new URL('src/', root));
const schemaFile = new URL('../shared/manifest.schema.json', root);

test('the calls in src are found, whatever the client is called', () => {
  expect(use.commands).toEqual(['/submit-opportunity']);
  expect(use.shortcuts).toEqual(['submit_opportunity_from_message']);
  expect(use.events).toContain('app_mention');
  expect(use.methods).toEqual(
    expect.arrayContaining([
      'auth.test',
      'chat.postEphemeral',
      'chat.postMessage',
      'chat.update',
      'usergroups.users.list',
      'users.info',
      'views.open',
      'views.push',
      'views.update',
    ]),
  );
});

test('manifest.yml has the command, and the scopes that the calls in src need, and no others', () => {
  expect(manifestProblems(manifest, use)).toEqual([]);
});

test('the manifest for an organisation is the same, but for where it is installed', () => {
  const organisation = readManifest(new URL('manifest.organisation.yml', root));
  expect(organisationProblems(organisation, manifest)).toEqual([]);
  expect(organisationProblems(manifest, manifest)).toEqual(['org_deploy_enabled is off']);
  const { features } = Object(organisation);
  const other = { ...Object(organisation), features: { ...features, slash_commands: [] } };
  expect(organisationProblems(other, manifest)).toEqual(['it says something else than manifest.yml']);
});

test('npm run doctor looks for the scopes of manifest.yml', () => {
  const { oauth_config } = Object(manifest);
  expect([...BOT_SCOPES].sort()).toEqual([...oauth_config.scopes.bot].sort());
});

test('every scope says in a comment what it is for', () => {
  const [, scopes = ''] = /^ {4}bot:\n((?: {6}.*\n)+)/m.exec(readFile('manifest.yml')) ?? [];
  const lines = scopes.trimEnd().split('\n');
  expect(lines.filter((line) => line.trim().startsWith('- ')).length).toBeGreaterThan(3);
  expect(lines[0]).toMatch(/^\s*#/);
  expect(scopes).toContain('# The slash command, and the shortcut.');
});

describe('a manifest that does not fit the code is refused', () => {
  test('a scope nothing needs', () => {
    const less = { ...use, methods: use.methods.filter((method) => !method.startsWith('usergroups.')) };
    expect(manifestProblems(manifest, less)).toEqual(['scopes: nothing in src needs usergroups:read']);
  });

  test('a scope that is missing', () => {
    expect(manifestProblems(manifest, { ...use, commands: ['/submit-opportunity', '/other'] })).toEqual([
      'slash_commands: /other is missing',
    ]);
    const scopes = manifestProblems(manifest, { ...use, methods: [...use.methods, 'reactions.add'] });
    expect(scopes).toEqual([expect.stringContaining('reactions.add')]);
  });

  test('a shortcut that is missing, or that nothing answers', () => {
    expect(manifestProblems(manifest, { ...use, shortcuts: ['other'] })).toEqual([
      'shortcuts: other is missing',
      'shortcuts: nothing in src answers submit_opportunity_from_message',
    ]);
  });

  test('an event that is missing, or that nothing listens to', () => {
    const others = use.events.filter((event) => event !== 'app_mention');
    expect(manifestProblems(manifest, { ...use, events: others })).toEqual([
      'scopes: nothing in src needs app_mentions:read',
      'event_subscriptions: nothing in src answers app_mention',
    ]);
    expect(manifestProblems(manifest, { ...use, events: [...use.events, 'reaction_added'] })).toEqual([
      'event_subscriptions: reaction_added is missing',
      expect.stringContaining('SCOPES_OF_EVENT'),
    ]);
  });

  test('something that is no manifest at all', () => {
    expect(manifestProblems({ features: {} }, use)).not.toEqual([]);
    expect(manifestProblems(null, use)).not.toEqual([]);
  });
});

test.runIf(existsSync(schemaFile))("Slack's own schema takes it, and would not take anything", () => {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
  expect(schemaProblems(manifest, schema)).toEqual([]);
  expect(schemaProblems({ ...Object(manifest), surprise: true }, schema)).toEqual([
    expect.stringContaining('surprise'),
  ]);
  expect(schemaProblems({ display_information: { name: 'x'.repeat(36) } }, schema)).not.toEqual([]);
});
