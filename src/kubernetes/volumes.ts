/** A volume of a pod: its name and the one field that says where it comes from. */
export interface Volume {
  readonly name: string;
  /** For example `{ configMap: { name: 'grants' } }`. */
  readonly source: Readonly<Record<string, unknown>>;
}

/** A volume at a place of a container; the pod gathers the volumes from these. */
export interface Mount {
  readonly volume: Volume;
  /** Where it appears. */
  readonly path: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** One entry of the volume instead of all of it. @default - all of it */
  readonly subPath?: string;
}

/**
 * A folder that a container may write to below its read-only root: empty at first, gone with the pod.
 * @param sizeLimit largest size as a Kubernetes quantity; a pod that exceeds it is evicted, the node stays well
 */
export function scratch(name: string, path: string, sizeLimit: string): Mount {
  return { volume: { name, source: { emptyDir: { sizeLimit } } }, path };
}

/** The entries of a ConfigMap as read-only files. */
export function configFiles(name: string, path: string, configMap: string): Mount {
  return {
    volume: { name, source: { configMap: { name: configMap, defaultMode: 0o444 } } },
    path,
    readOnly: true,
  };
}

/**
 * One entry of a ConfigMap as a read-only file among those of a folder of the image. It does not follow later changes
 * of the ConfigMap, so the name of the ConfigMap must change with its content.
 */
export function configFile(name: string, path: string, configMap: string, entry: string): Mount {
  return { ...configFiles(name, path, configMap), subPath: entry };
}
