using System.Collections.Immutable;

namespace Standstill.Protocol.Pacts.Coalitions;

/// <summary>The largest part of a coalition from which any one member may leave without freeing another.</summary>
/// <remarks>
/// <para>Call a coalition stable when no one departure frees anybody else. The union of two stable coalitions is stable, since
/// conditions are monotone: whoever leaves the union, what is left of each holds itself up, and more beside it cannot hurt. So there is
/// one stable coalition that includes all others.</para>
/// <para>Whoever is freed by some departure from a coalition is in no stable part of it: the stable part would have stayed. So those are
/// taken out, the rest is solved, and again, until no departure frees anybody. What is left is the largest stable coalition; nothing is
/// tried out, and each round costs one solution a member.</para>
/// </remarks>
/// <param name="Members">Who is in it; empty where no part is stable. Where <paramref name="IsProven"/> is false, it is among these.</param>
/// <param name="Fragile">Whoever is taken out because another's departure would free it, round by round.</param>
/// <param name="IsProven">Whether it was found within the departures allowed.</param>
public sealed record StableCoalition(ImmutableSortedSet<PartyId> Members, ImmutableArray<FragileMember> Fragile, bool IsProven)
{
    /// <summary>The departures that are followed at most.</summary>
    public const int WorkLimit = 20_000;

    /// <summary>Whether the coalition itself is stable.</summary>
    public bool IsWhole => Fragile.IsEmpty && IsProven;

    /// <summary>Finds it.</summary>
    /// <param name="coalition">The coalition as it stands.</param>
    /// <param name="departures">How many departures to follow at most.</param>
    public static StableCoalition Of(Coalition coalition, int departures = WorkLimit)
    {
        ImmutableArray<FragileMember>.Builder fragile = ImmutableArray.CreateBuilder<FragileMember>();
        Coalition rest = coalition.Among(coalition.Members);
        for (int round = 1; ; round++)
        {
            if (departures < rest.Members.Count)
            {
                return new StableCoalition(rest.Members, fragile.ToImmutable(), IsProven: false);
            }

            departures -= rest.Members.Count;
            var freedBy = new SortedDictionary<PartyId, PartyId>();
            foreach (Departure departure in rest.Members.Select(rest.IfLeaves))
            {
                foreach (PartyId free in departure.Free)
                {
                    freedBy.TryAdd(free, departure.Leaver);
                }
            }

            if (freedBy.Count == 0)
            {
                return new StableCoalition(rest.Members, fragile.ToImmutable(), IsProven: true);
            }

            fragile.AddRange(freedBy.Select(f => new FragileMember(f.Key, f.Value, round)));
            Coalition next = rest.Among(rest.Members.Except(freedBy.Keys));
            fragile.AddRange(rest.Members.Except(freedBy.Keys).Except(next.Members).Select(p => new FragileMember(p, null, round)));
            rest = next;
        }
    }
}

/// <summary>A member that is in no stable part.</summary>
/// <param name="Party">The member.</param>
/// <param name="Leaver">Whose departure alone would free it: the first by name; null where it relies on others that are taken out.</param>
/// <param name="Round">From 1: in which round it was found.</param>
public sealed record FragileMember(PartyId Party, PartyId? Leaver, int Round);
