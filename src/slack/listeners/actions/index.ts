import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { ACTION } from '../../ids.ts';
import type { Button, Choice } from '../listener.ts';
import { cancelButton, cancelRestButton, letGoButton } from './cancel.ts';
import { batchChoice, choice } from './choice.ts';
import { fixButton, fixHereButton, goOnButton, reviewEditButton } from './fix.ts';
import { homeButton, homeSubmitButton } from './home.ts';
import { lookAgainButton, openFormButton, tryAgainButton } from './open-form.ts';
import { askedButton, checkStatusButton, historyButton, menu, showDetailsButton } from './questions.ts';

const BUTTONS: readonly Button[] = [
  checkStatusButton,
  showDetailsButton,
  historyButton,
  homeButton,
  homeSubmitButton,
  tryAgainButton,
  cancelButton,
  cancelRestButton,
  letGoButton,
  openFormButton,
  askedButton,
  lookAgainButton,
  fixButton,
  fixHereButton,
  reviewEditButton,
  goOnButton,
];

const CHOICES: readonly Choice[] = [choice, batchChoice, menu];

const of = (action_id: string) => ({ type: 'block_actions', action_id }) as const;

export function registerActions(bot: Bot): void {
  const { app } = bot.slack;
  for (const { ids, pressed } of BUTTONS) {
    for (const id of ids) app.action<BlockAction<ButtonAction>>(of(id), (args) => pressed(bot, args));
  }
  for (const { ids, chosen } of CHOICES) {
    for (const id of ids) app.action<BlockAction>(of(id), (args) => chosen(bot, args));
  }
  // A link: Slack opens it, and still wants to hear that we know.
  app.action(of(ACTION.partnerCentral), ({ ack }) => ack());
}
