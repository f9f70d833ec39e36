import { cancelEdit } from '../../../edits/save.ts';
import { cancel, cancelRest, letGo, tryNow } from '../../../submissions/request.ts';
import {
  cancelledMessage,
  letGoMessage,
  restCancelledMessage,
  triedNowMessage,
} from '../../answers/cancelled.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from '../listener.ts';

/** *Cancel*: takes back what hasn't been sent yet. */
export const cancelButton: Button = {
  ids: [ACTION.cancel],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => cancelledMessage(await cancel(bot, input)));
  },
};

/** *Cancel* of a change of a deal: neither it nor a submission that is to follow goes out. */
export const cancelEditButton: Button = {
  ids: [ACTION.cancelEdit],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => cancelledMessage(await cancelEdit(bot, input)));
  },
};

/** *Cancel the rest*: takes back what of a batch hasn't been sent yet. */
export const cancelRestButton: Button = {
  ids: [ACTION.cancelRest],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { batchId: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => restCancelledMessage(await cancelRest(bot, input)));
  },
};

/** *Try now*: what waits for AWS is tried at once. */
export const tryNowButton: Button = {
  ids: [ACTION.tryNow],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => triedNowMessage(await tryNow(bot, input)));
  },
};

/** *Let it go*: ends the wait for what reading couldn't settle. */
export const letGoButton: Button = {
  ids: [ACTION.letGo],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => letGoMessage(await letGo(bot, input)));
  },
};
