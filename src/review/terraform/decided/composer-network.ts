import { textOf } from '../../equal';
import { at, type DecidedInCode } from './decision';

/** Composer 3 changes its network in place; earlier versions cannot. */
export const composerNetwork: DecidedInCode = {
  types: ['google_composer_environment'],
  decide: (before, after) => {
    const changed = ['config.node_config.network', 'config.node_config.subnetwork'].filter(
      (path) => at(before, path) !== at(after, path),
    );
    if (changed.length === 0) return undefined;
    const image = textOf(at(after, 'config.software_config.image_version'));
    return image.startsWith('composer-3') ? { spares: changed } : { forces: changed };
  },
};
