import { type Expectation, matching } from './attributes';
import { isTree, textsOf, valueAt } from './tree';
import type { TerraformResource } from './types';

/** A cluster whose nodes are its own: Google hardens those of Autopilot, and refuses most of the arguments. */
export function isStandard({ body }: TerraformResource): boolean {
  return String(body.enable_autopilot) !== 'true';
}

export function isAutopilot(resource: TerraformResource): boolean {
  return !isStandard(resource);
}

export function hasNoDailyWindow({ body }: TerraformResource): boolean {
  return valueAt(body, 'maintenance_policy.daily_maintenance_window') === undefined;
}

/** Surge is what the provider does where nothing else is said. */
export function isSurge({ body }: TerraformResource): boolean {
  return valueAt(body, 'upgrade_settings.strategy') !== 'BLUE_GREEN';
}

export function isSpot({ body }: TerraformResource): boolean {
  return String(valueAt(body, 'node_config.spot')) === 'true' && isScaled(body);
}

export function isScaledOnDemand(resource: TerraformResource): boolean {
  return !isSpot(resource) && isScaled(resource.body);
}

function isScaled(body: TerraformResource['body']): boolean {
  return isTree(body.autoscaling) || Array.isArray(body.autoscaling);
}

/** Neither nothing nor the default account of Compute Engine, which may edit the project. */
export const ownServiceAccount: Expectation = {
  ...matching(/^(?!default$)(?!.*-compute@developer\.gserviceaccount\.com$).+/, ''),
  wanted: 'a service account of its own',
};

export const cloudPlatformAlone: Expectation = {
  wanted: 'https://www.googleapis.com/auth/cloud-platform alone',
  accepts: (value) => {
    const scopes = textsOf(value);
    return (
      scopes.length === 1 && /^(https:\/\/www\.googleapis\.com\/auth\/)?cloud-platform$/.test(scopes[0] ?? '')
    );
  },
};
