using System.Collections.Immutable;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Balances;

/// <summary>A movement as one party has put it on record.</summary>
public sealed record MovementRecord(PartyId Party, MovementBody Body, Moment At);

/// <summary>What passes between two parties.</summary>
public enum TransferKind
{
    /// <summary>Accelerators go for good.</summary>
    Shipment,

    /// <summary>They are let.</summary>
    Rental,

    /// <summary>They come back.</summary>
    Return,
}

/// <summary>A movement between two parties: its name, and the two in the order of their names.</summary>
public readonly record struct TransferKey(PartyId First, PartyId Second, MovementId Movement, TransferKind Kind) : IComparable<TransferKey>
{
    /// <summary>The key under which both ends of a movement meet.</summary>
    internal static TransferKey Of(PartyId party, MovementBody body)
    {
        var other = body.Counterparty!.Value;
        var kind = body.Step switch
        {
            MovementStep.Rented => TransferKind.Rental,
            MovementStep.Returned => TransferKind.Return,
            _ => TransferKind.Shipment,
        };
        return party.CompareTo(other) < 0 ? new(party, other, body.Movement, kind) : new(other, party, body.Movement, kind);
    }

    internal static bool IsShipment(MovementBody body) => body.Step is MovementStep.Shipped or MovementStep.Received;

    /// <inheritdoc/>
    public int CompareTo(TransferKey other) =>
        First.CompareTo(other.First) is var first && first != 0 ? first
        : Second.CompareTo(other.Second) is var second && second != 0 ? second
        : Movement.CompareTo(other.Movement) is var movement && movement != 0 ? movement
        : Kind.CompareTo(other.Kind);
}

/// <summary>What one end says.</summary>
public sealed record TransferEnd(PartyId Party, MovementBody Body, Moment At);

/// <summary>A movement between two parties, by what each end has said of it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Ends">One or two, in the order of their entries.</param>
public sealed record TransferRecord(TransferKey Key, ImmutableArray<TransferEnd> Ends)
{
    /// <summary>How long the other end may take before its silence is a finding: 30 days.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromDays(30);

    /// <summary>Whether both ends have spoken.</summary>
    public bool IsComplete => Ends.Length == 2;

    /// <summary>The shipper–receiver difference: by how many accelerators the two ends differ; null while one is silent.</summary>
    public long? Difference => IsComplete ? Ends[0].Body.Count - Ends[1].Body.Count : null;

    /// <summary>Whether the two ends say the same: count, kind, and serial numbers.</summary>
    public bool Agrees => IsComplete && Difference == 0 && Ends[0].Body.Accelerator == Ends[1].Body.Accelerator && Ends[0].Body.SerialsRoot == Ends[1].Body.SerialsRoot;

    /// <summary>What one party has said.</summary>
    public TransferEnd? SideOf(PartyId party) => Ends.FirstOrDefault(e => e.Party == party);

    internal TransferRecord With(TransferEnd end) => this with { Ends = Ends.Add(end) };
}

/// <summary>The rentals of one party in one period, behind salted commitments.</summary>
public sealed record RentalSet(PartyId Party, RentalCommitmentsBody Body, Moment At);

/// <summary>How the rentals of a party stand against those of all others in the same period.</summary>
/// <param name="Party">Whose.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Matched">With whom how many are the same, by party.</param>
/// <param name="Unmatched">How many nobody else has: a cloud's customers outside the registry, or a rental that the other end hides.</param>
/// <param name="At">Its entry.</param>
public sealed record Reconciliation(PartyId Party, DateOnly From, DateOnly To, ImmutableSortedDictionary<PartyId, int> Matched, int Unmatched, Moment At)
{
    /// <summary>Every set of a world against the others of its period. A commitment is matched by equality alone: who has only one of the two
    /// learns no more than that it stands there.</summary>
    public static ImmutableArray<Reconciliation> Of(World world)
    {
        var all = ImmutableArray.CreateBuilder<Reconciliation>();
        foreach (var period in world.RentalSets.Values.GroupBy(s => (s.Body.From, s.Body.To)).OrderBy(g => g.Key))
        {
            var holders = period
                .SelectMany(s => s.Body.Commitments.Select(c => (Commitment: c, s.Party)))
                .GroupBy(c => c.Commitment, c => c.Party)
                .ToDictionary(g => g.Key, g => g.ToImmutableArray());
            foreach (var set in period)
            {
                var matched = set.Body.Commitments.SelectMany(c => holders[c].Where(p => p != set.Party)).GroupBy(p => p).ToImmutableSortedDictionary(g => g.Key, g => g.Count());
                all.Add(new Reconciliation(set.Party, set.Body.From, set.Body.To, matched, set.Body.Commitments.Count(c => holders[c].Length == 1), set.At));
            }
        }

        return all.ToImmutable();
    }
}
