using System.Collections.Immutable;

namespace Standstill.Protocol.Triggers;

/// <summary>A part of the panel that has to agree by itself. The charter names them, and is held to the ranges.</summary>
/// <param name="Name">Its name: `labs`, `states`, `researchers`.</param>
/// <param name="Seats">How many members it has, at least 1.</param>
/// <param name="Quorum">How many of them have to vote: 1 to <paramref name="Seats"/>.</param>
public sealed record Constituency(string Name, int Seats, int Quorum);

/// <summary>What a member of the panel wants done with a version of a trigger.</summary>
public enum VoteChoice
{
    /// <summary>Make it policy.</summary>
    Adopt,

    /// <summary>Do not.</summary>
    Reject,

    /// <summary>It is policy; let it no longer be.</summary>
    Retire,

    /// <summary>It has called for a pause; let that end.</summary>
    Release,
}

/// <summary>A vote on one version of a trigger.</summary>
/// <param name="Constituency">The constituency for which it is cast.</param>
/// <param name="Party">The member.</param>
/// <param name="Choice">The choice.</param>
/// <param name="Entry">The entry that carries it.</param>
public sealed record PanelVote(string Constituency, PartyId Party, VoteChoice Choice, EntryIndex Entry);

/// <summary>How one constituency stands.</summary>
/// <param name="Constituency">The constituency.</param>
/// <param name="Cast">How many members have a standing vote.</param>
/// <param name="Yes">How many of these votes are for the choice asked about.</param>
/// <param name="Votes">The standing votes, ordered by party.</param>
public sealed record ConstituencyTally(Constituency Constituency, int Cast, int Yes, ImmutableArray<PanelVote> Votes)
{
    /// <summary>How many votes the quorum lacks.</summary>
    public int MissingForQuorum => Math.Max(0, Constituency.Quorum - Cast);

    /// <summary>Whether the quorum is there and more than half of the votes cast are for it.</summary>
    public bool Carries => MissingForQuorum == 0 && 2 * Yes > Cast;

    /// <summary>The least number of further members whose votes for it would carry it; 0 when it is carried. It may exceed the seats
    /// that have not voted: then somebody has to change a vote.</summary>
    public int MissingYes => Carries ? 0 : Math.Max(MissingForQuorum, Cast - (2 * Yes) + 1);

    /// <summary>Where it stands and what is missing, in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{Constituency.Name}: {Yes} of {Cast} votes for it")
        + (MissingForQuorum > 0 ? FormattableString.Invariant($", quorum {Constituency.Quorum} of {Constituency.Seats}, missing {MissingForQuorum}") : "")
        + (Carries ? ", which carries"
            : MissingYes <= Constituency.Seats - Cast ? FormattableString.Invariant($", carries with {MissingYes} more")
            : ", carries only if votes change");
}

/// <summary>How the panel stands on one choice about one version of a trigger.</summary>
/// <remarks>A member has one standing vote on a version, the latest. All four choices answer one question, what is to become of
/// it, so that a vote to adopt counts as cast, and not for it, when release is asked about.</remarks>
/// <param name="Asked">The choice asked about.</param>
/// <param name="Constituencies">One element a constituency, in the order of the charter.</param>
public sealed record PanelTally(VoteChoice Asked, ImmutableArray<ConstituencyTally> Constituencies)
{
    /// <summary>Whether every constituency carries it. A panel without constituencies carries nothing.</summary>
    public bool Carries => !Constituencies.IsEmpty && Constituencies.All(tally => tally.Carries);

    /// <summary>Where each constituency stands, and what is missing.</summary>
    public override string ToString() => string.Join("; ", Constituencies.Select(tally => tally.ToString()));

    /// <summary>Counts votes.</summary>
    /// <param name="constituencies">The constituencies.</param>
    /// <param name="votes">Every vote on one version of a trigger, in any order; those for other constituencies are not counted.</param>
    /// <param name="asked">The choice asked about.</param>
    /// <exception cref="ArgumentException">Two constituencies share a name.</exception>
    public static PanelTally Of(ImmutableArray<Constituency> constituencies, ImmutableArray<PanelVote> votes, VoteChoice asked)
    {
        if (constituencies.DistinctBy(constituency => constituency.Name).Count() < constituencies.Length)
        {
            throw new ArgumentException("constituencies differ in name", nameof(constituencies));
        }

        return new PanelTally(asked, [.. constituencies.Select(Tally)]);

        ConstituencyTally Tally(Constituency constituency)
        {
            ImmutableArray<PanelVote> standing =
            [
                .. votes
                    .Where(vote => vote.Constituency == constituency.Name)
                    .GroupBy(vote => vote.Party)
                    .Select(party => party.MaxBy(vote => vote.Entry)!)
                    .OrderBy(vote => vote.Party),
            ];
            return new ConstituencyTally(constituency, standing.Length, standing.Count(vote => vote.Choice == asked), standing);
        }
    }
}
