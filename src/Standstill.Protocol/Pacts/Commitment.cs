namespace Standstill.Protocol.Pacts;

/// <summary>A party's word: it is bound as soon as its condition holds of those who are bound with it.</summary>
/// <param name="Party">Who commits.</param>
/// <param name="Condition">What it asks of the others.</param>
/// <param name="Entry">The entry that carries the commitment.</param>
public sealed record Commitment(PartyId Party, Condition Condition, EntryIndex Entry);
