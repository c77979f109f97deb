using System.Collections.Immutable;
using Standstill.Meter.DeadLetters;

namespace Standstill.Meter.Formats;

/// <summary>What was read from one document: the good readings, and what was not taken.</summary>
/// <param name="Readings">The readings in the document's order.</param>
/// <param name="Rejected">What was not taken, counted by kind.</param>
public sealed record Exposition(ImmutableArray<Reading> Readings, DeadLetterTally Rejected);
