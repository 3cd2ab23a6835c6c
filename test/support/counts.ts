/** How often something was told, wanted, and both. */
export class Counts {
  right = 0;
  told = 0;
  wanted = 0;

  add(told: boolean, wanted: boolean, right = told && wanted): void {
    if (told) this.told += 1;
    if (wanted) this.wanted += 1;
    if (right) this.right += 1;
  }

  get precision(): number {
    return this.told === 0 ? 1 : this.right / this.told;
  }

  get recall(): number {
    return this.wanted === 0 ? 1 : this.right / this.wanted;
  }

  get f1(): number {
    const sum = this.precision + this.recall;
    return sum === 0 ? 0 : (2 * this.precision * this.recall) / sum;
  }
}
