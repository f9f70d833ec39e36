import type { z } from 'zod';
import { NotTold } from './stage.ts';

/** What the bot reads of an answer. @throws NotTold where it can't */
export function opened<Schema extends z.ZodType>(schema: Schema, json: unknown): z.output<Schema> {
  const read = schema.safeParse(json);
  if (!read.success) throw new NotTold('The answer is not as the bot reads it.');
  return read.data;
}
