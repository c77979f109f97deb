namespace Standstill.Protocol.Pacts.Sealing;

/// <summary>Whether what was under a seal can be put on record as its party's commitment.</summary>
public static class OpenedSlip
{
    /// <summary>The slip, or why it is no commitment that can be opened: it is a decoy, not under a key of the party, takes earlier slips
    /// back, or comes too late.</summary>
    /// <param name="content">What <see cref="SealedCommitment.Open"/> gave; its signature is good.</param>
    /// <param name="at">The time of the entry that opens it.</param>
    /// <param name="isKeyOf">Whether a key is a good governance key of a party that may commit.</param>
    public static Parsed<Slip> Check(SealContent content, DateTimeOffset at, Func<PartyId, PartyKey, bool> isKeyOf) => content switch
    {
        SealContent.Word(var signed) when (NotItsKey(signed.Slip, isKeyOf) ?? TakesBack(signed.Slip) ?? TooLate(signed.Slip, at)) is { } fault => Parsed<Slip>.Bad([fault]),
        SealContent.Word(var signed) => Parsed<Slip>.Good(signed.Slip),
        _ => Parsed<Slip>.Bad("content", "a decoy: there is no commitment in it", "open only what holds one"),
    };

    internal static Fault? NotItsKey(Slip slip, Func<PartyId, PartyKey, bool> isKeyOf) => isKeyOf(slip.Party, slip.Key)
        ? null
        : new Fault("slip.key", $"`{slip.Key}` is not a governance key of {slip.Party} that is good", "ask the party to seal with the key that it has on record");

    internal static Fault? TooLate(Slip slip, DateTimeOffset at) => at <= slip.Until
        ? null
        : new Fault("slip.until", $"it could be opened until {UtcTime.Format(slip.Until)}", "ask the party for another slip");

    private static Fault? TakesBack(Slip slip) => slip.Commitment is not null
        ? null
        : new Fault("slip.commitment", $"it takes the earlier slips of {slip.Party} back", "open only what holds a commitment");
}
