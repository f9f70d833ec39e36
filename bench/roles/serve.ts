import { z } from 'zod';

/** A process's orders, by name: each takes what the parent sent and answers something that JSON can carry. */
export type Orders = Readonly<Record<string, (input: unknown) => unknown>>;

const order = z.object({ number: z.number(), order: z.string(), input: z.unknown().optional() });

/** What the parent gave this process to begin with. */
export const settingsOf = <T>(schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(process.env.BENCH ?? 'null'));

/**
 * Says that this process is ready, with what the parent needs to know of it, and carries out the parent's orders.
 * Ends with the parent.
 */
export function serve(ready: unknown, orders: Orders): void {
  process.on('message', async (message) => {
    const { number, order: name, input } = order.parse(message);
    try {
      process.send?.({ number, value: await orders[name]?.(input) });
    } catch (error) {
      process.send?.({ number, error: String(error) });
    }
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ number: 0, value: ready });
}
