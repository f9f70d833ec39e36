import { historyMessage } from '../../answers/history.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';
import type { ButtonArgs } from './answer-privately.ts';

/** *History*, and *Earlier* and *Later* in its answer: the record's audit trail, to this person only. */
export const historyAction =
  (services: Services) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    // `ID` from a message, `ID offset` from an answer of our own.
    const [id = '', offset = '0'] = (action.value ?? '').split(' ');
    const input = { id, offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0, who: whoOf(body) };
    await services.answerPrivately(
      body,
      async () => historyMessage(await services.history(input), services.dealPage),
      { replace: action.action_id !== ACTION.history },
    );
  };
