import { at, type DecidedInCode } from './decision';

/** A startup script is changed in place only where it moves between its own attribute and the metadata. */
export const startupScript: DecidedInCode = {
  types: ['google_compute_instance'],
  decide: (before, after) => {
    const path = 'metadata_startup_script';
    const [from, to] = [at(before, path), at(after, path)];
    if (from === to) return undefined;
    const [fromMetadata, toMetadata] = [before, after].map((tree) => at(tree, 'metadata.startup-script'));
    if ((from ?? '') === '' && fromMetadata === to) return { spares: [path] };
    if ((to ?? '') === '' && toMetadata === from) return { spares: [path] };
    return { forces: [path], because: 'a startup script runs at the first start of a machine' };
  },
};
