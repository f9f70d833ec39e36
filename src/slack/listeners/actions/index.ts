import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { ACTION } from '../../ids.ts';
import type { Button, Choice } from './action.ts';
import { askedButton } from './asked.ts';
import { batchChoice } from './batch-choice.ts';
import { cancelButton } from './cancel.ts';
import { cancelRestButton } from './cancel-rest.ts';
import { checkStatusButton } from './check-status.ts';
import { choice } from './choice.ts';
import { fixButton, fixHereButton, goOnButton, reviewEditButton } from './fix.ts';
import { historyButton } from './history.ts';
import { homeButton } from './home.ts';
import { homeSubmitButton } from './home-submit.ts';
import { letGoButton } from './let-go.ts';
import { lookAgainButton } from './look-again.ts';
import { menu } from './menu.ts';
import { openFormButton, tryAgainButton } from './open-form.ts';
import { showDetailsButton } from './show-details.ts';

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
