import type { Gate } from './gate';

/** Nothing that holds data is destroyed, by a deletion, a replacement, or a rename that Terraform does not know of. */
export const noDestroyOfData: Gate = {
  name: 'no-destroy-of-data',
  objections: ({ changes }) =>
    changes.flatMap(({ severity, action, address, confidence }) =>
      severity === 'danger'
        ? [
            {
              address,
              text: `${address}: ${action}${confidence === 'possible' ? ', possibly' : ''}`,
            },
          ]
        : [],
    ),
  fine: () => 'nothing that holds data is destroyed',
};
