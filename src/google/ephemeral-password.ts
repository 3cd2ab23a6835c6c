import { TerraformElement } from 'cdktf';
import { Construct } from 'constructs';
import { setAddress } from './address';

export interface EphemeralPasswordProps {
  /**
   * Length in characters, at least 8.
   * @default 32
   */
  readonly length?: number;
  /**
   * Special characters that it holds at least one of, beside lower-case letters, capitals and digits.
   * @default - letters and digits only
   */
  readonly specialCharacters?: string;
}

/**
 * A random password that exists only while Terraform runs: it is in no plan and in no state.
 *
 * Each run makes another one, so it is of use only for write-only arguments, which Terraform sends when their version
 * changes and never otherwise. What must hold the same value (a login and the secret with its password) must be in one
 * stack and change version together. Needs Terraform 1.11.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/ephemeral
 */
export class EphemeralPassword extends TerraformElement {
  private readonly length: number;
  private readonly specialCharacters: string;

  constructor(scope: Construct, id: string, props: EphemeralPasswordProps = {}) {
    super(scope, id, 'ephemeral.random_password');
    this.length = props.length ?? 32;
    this.specialCharacters = props.specialCharacters ?? '';
    if (this.length < 8) {
      throw new Error(`${this.node.path}: length: got ${this.length}, expected ≥ 8; raise it`);
    }
    setAddress(this, id);
  }

  /** The password as an expression without `${}`, to be used in a write-only argument of the same stack only. */
  get expression(): string {
    return `ephemeral.random_password.${this.friendlyUniqueId}.result`;
  }

  override toTerraform() {
    const special = this.specialCharacters !== '';
    return {
      terraform: { required_providers: { random: { source: 'hashicorp/random', version: '~> 3.7' } } },
      ephemeral: {
        random_password: {
          [this.friendlyUniqueId]: {
            length: this.length,
            min_lower: 1,
            min_upper: 1,
            min_numeric: 1,
            special,
            ...(special ? { min_special: 1, override_special: this.specialCharacters } : {}),
          },
        },
      },
    };
  }
}
