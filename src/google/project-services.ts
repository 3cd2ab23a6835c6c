import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { Construct } from 'constructs';
import { addressPart, setAddress } from './address';
import { dependencies, type ProjectEntityProps } from './entity';

export interface ProjectServicesProps extends ProjectEntityProps {
  /** Full names of the APIs, for example `container.googleapis.com`, each once. */
  readonly services: readonly string[];
}

/**
 * The APIs of a project.
 *
 * They are not disabled when they are removed here: others in the project may use them, and disabling one deletes what
 * was made with it.
 *
 * @see https://cloud.google.com/service-usage/docs/enable-disable
 */
export class ProjectServices extends Construct {
  /** The resources by the full name of the API. */
  readonly resources: ReadonlyMap<string, ProjectService>;

  constructor(scope: Construct, id: string, props: ProjectServicesProps) {
    super(scope, id);
    this.resources = new Map(
      props.services.map((service) => {
        const key = addressPart(service.replace(/\.googleapis\.com$/, ''));
        const resource = new ProjectService(this, key, {
          project: props.project,
          service,
          disableOnDestroy: false,
          ...dependencies(props),
        });
        return [service, setAddress(resource, key)];
      }),
    );
  }

  /**
   * The resources of some APIs, for the `dependsOn` of what needs them.
   * @throws Error where one of them is not enabled here
   */
  of(...services: readonly string[]): ProjectService[] {
    return services.map((service) => {
      const resource = this.resources.get(service);
      if (resource === undefined) {
        throw new Error(
          `${this.node.path}: got '${service}', expected one of ${[...this.resources.keys()].join(', ')}; add it to services`,
        );
      }
      return resource;
    });
  }
}
