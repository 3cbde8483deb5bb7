/**
 * The mark of a value that only its own module makes. It is protected, so no literal can carry it, and it is
 * lost by a spread: neither type-checks as the marked type. It exists for the compiler alone.
 */
export declare abstract class Vouched<What extends string> {
  protected readonly vouchedFor: What;
}
