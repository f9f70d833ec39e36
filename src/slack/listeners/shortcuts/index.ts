import type { MessageShortcut } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { SHORTCUT } from '../../ids.ts';
import { submitOpportunity } from './submit-opportunity.ts';

export function registerShortcuts(bot: Bot): void {
  bot.slack.app.shortcut<MessageShortcut>(
    { type: 'message_action', callback_id: SHORTCUT.submitOpportunity },
    (args) => submitOpportunity(bot, args),
  );
}
