import type { WebClient } from '@slack/web-api';
import type { SettingOfIds } from '../../config/settings.ts';
import { notChecked } from '../doctor/finding.ts';
import { appTokenFinding, botTokenFindings, namesFindings } from '../doctor/slack.ts';
import { findByName, nameOf, type Seen } from '../slack-names.ts';
import type { Question } from './answers.ts';

export const botTokenQuestion = (client: (token: string) => WebClient): Question => ({
  setting: 'SLACK_BOT_TOKEN',
  asks: 'Bot token (xoxb-…; it stays hidden)',
  isSecret: true,
  look: (token) => botTokenFindings(client(token), undefined),
});

export const appTokenQuestion = (client: (token: string) => WebClient): Question => ({
  setting: 'SLACK_APP_TOKEN',
  asks: 'App token (xapp-…; it stays hidden)',
  isSecret: true,
  look: async (token) => [await appTokenFinding(client(token))],
});

/** People, user groups or channels, by name or ID. */
export const namesQuestion = (
  client: WebClient,
  workspaces: readonly string[],
  question: Pick<Question, 'asks' | 'without'> & { readonly setting: SettingOfIds },
): Question => ({
  ...question,
  read: async (typed) =>
    typed === 'all' && question.setting === 'CHANNELS'
      ? { value: '' }
      : idsFor(
          (name) => findByName(client, name, workspaces),
          typed,
          question.setting === 'CHANNELS' ? '#' : '',
        ),
  look: async (value) => {
    const ids = value.split(/[\s,]+/).filter((id) => id !== '*');
    try {
      return await namesFindings(client, question.setting, ids, workspaces);
    } catch {
      return [notChecked(question.setting, 'Slack could not be asked for the names now')];
    }
  },
});

/** @param sign what a name without one is taken to have: `#` where channels are asked for */
async function idsFor(
  find: (name: string) => Promise<readonly Seen[]>,
  typed: string,
  sign: '#' | '',
): Promise<{ readonly value: string } | { readonly problems: readonly string[] }> {
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const ids: string[] = [];
  const problems: string[] = [];
  for (const name of names) {
    if (name === '*' || /^[A-Z][A-Z0-9]{7,}$/.test(name)) {
      ids.push(name);
      continue;
    }
    const asked = /^[#@]/.test(name) ? name : `${sign}${name}`;
    try {
      const found = await find(asked);
      const [one, ...others] = found;
      if (one === undefined)
        problems.push(`Nobody and nothing is called ${asked}.${asked.startsWith('#') ? PRIVATE : ''}`);
      else if (others.length > 0)
        problems.push(`Several are called ${asked}: ${found.map(nameOf).join(', ')}. Type the ID.`);
      else ids.push(one.id);
    } catch {
      problems.push(`Slack could not be asked for ${asked} now: try again, or type the ID.`);
    }
  }
  return problems.length > 0 ? { problems } : { value: ids.join(',') };
}

const PRIVATE = ' A private channel is seen once the bot is in it (/invite), or by its ID.';
