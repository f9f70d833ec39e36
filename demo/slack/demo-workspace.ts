import type { Grid } from './grid.ts';
import type { WorkspaceContents } from './workspace.ts';

/** The team, the app and its secrets, as Slack's app settings would show them. */
export interface Installation {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** The deprecated verification token that payloads still carry. */
  readonly verificationToken: string;
}

/** The app as the demo and the tests know it. None of these open anything but the stand-in. */
export const demoInstallation: Installation = {
  team: { id: 'T07HARBOUR0', name: 'Harbour Cloud Partners', domain: 'harbour-cloud' },
  appId: 'A07OPPORTUN',
  botId: 'B07OPPORTUN',
  botUserId: 'U07OPPTYBOT',
  botToken: 'xoxb-stand-in-bot-token',
  appToken: 'xapp-stand-in-app-token',
  signingSecret: 'stand-in-signing-secret',
  verificationToken: 'stand-in-verification-token',
};

/** The people of the demo's workspace, by first name. */
export const demoPeople = {
  ana: 'U07ANASELLR',
  ben: 'U07BENALLIA',
  gus: 'U07GUSGUEST',
  sam: 'U07SAMSTRAN',
} as const;

/** The channels of the demo's workspace, by name. */
export const demoChannels = {
  /** The bot is in it. */
  deals: 'C07DEALS000',
  /** Public, without the bot. */
  general: 'C07GENERAL0',
  /** Private, without the bot. */
  board: 'C07BOARD000',
} as const;

const { ana, ben, gus, sam } = demoPeople;
const bot = demoInstallation.botUserId;

/** The organisation of which the demo's workspace can be a part: `{ ...demoWorkspace, grid: demoGrid }`. */
export const demoGrid: Grid = {
  id: 'E07HARBOURG',
  name: 'Harbour Group',
  people: { [ana]: { twinId: 'W07ANASELLR' }, [ben]: { homeTeamId: 'T07HARBOUR2' } },
  others: { T07HARBOUR2: { userGroups: ['S07SELLERS2'] } },
};

/** Who and what there is in the demo's workspace. */
export const demoWorkspace: WorkspaceContents = {
  users: [
    { id: ana, name: 'ana', realName: 'Ana Seller', kind: 'member', timeZone: 'Europe/Lisbon' },
    { id: ben, name: 'ben', realName: 'Ben Alliance', kind: 'member', timeZone: 'America/New_York' },
    { id: gus, name: 'gus', realName: 'Gus Guest', kind: 'guest', timeZone: 'Europe/Berlin' },
    {
      id: sam,
      name: 'sam',
      realName: 'Sam Stranger',
      kind: 'stranger',
      teamId: 'T07ELSEWHER',
      timeZone: 'Asia/Singapore',
    },
    { id: bot, name: 'opportunity-bot', realName: 'Opportunity Bot', kind: 'bot' },
  ],
  channels: [
    { id: demoChannels.deals, name: 'deals', kind: 'public', members: [ana, ben, gus, sam, bot] },
    { id: demoChannels.general, name: 'general', kind: 'public', members: [ana, ben] },
    { id: demoChannels.board, name: 'board', kind: 'private', members: [ana, ben] },
  ],
  userGroups: [],
};
