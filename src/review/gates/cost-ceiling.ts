import type { Gate } from './gate';

/**
 * A month costs no more than an amount at list prices, at the most.
 * @param ceiling dollars a month
 */
export function costCeiling(ceiling: number): Gate {
  return {
    name: 'cost-ceiling',
    objections: ({ cost: { monthly } }) => {
      const [, most] = monthly.after;
      return most > ceiling
        ? [
            {
              address: 'cost',
              text: `a month costs up to ${most.toFixed(2)} USD, more than ${ceiling.toFixed(2)} USD`,
            },
          ]
        : [];
    },
    fine: ({ cost: { monthly, unpriced } }) =>
      `a month costs up to ${monthly.after[1].toFixed(2)} USD, no more than ${ceiling.toFixed(2)} USD${
        unpriced.length === 0 ? '' : `, without ${String(unpriced.length)} that have no price`
      }`,
  };
}
