using Standstill.Protocol.Pacts.Coalitions;

namespace Standstill.Protocol.Pacts.Conditions;

/// <summary>Why a party that is there does not count in a clause.</summary>
/// <param name="Party">The party.</param>
public abstract record Shortfall(PartyId Party)
{
    /// <summary>It slows less than is asked.</summary>
    /// <param name="Party">The party.</param>
    /// <param name="Degree">How far it slows, in per cent.</param>
    /// <param name="Asked">How far it would have to, in per cent.</param>
    public sealed record SlowsTooLittle(PartyId Party, int Degree, int Asked) : Shortfall(Party);

    /// <summary>It is verified less well than is asked.</summary>
    /// <param name="Party">The party.</param>
    /// <param name="Assurance">The assurance on record, in per cent; 0 where there is none.</param>
    /// <param name="Asked">What is asked, in per cent.</param>
    public sealed record Unverified(PartyId Party, int Assurance, int Asked) : Shortfall(Party);

    /// <summary>It is on probation, and counts for nobody.</summary>
    /// <param name="Party">The party.</param>
    public sealed record OnProbation(PartyId Party) : Shortfall(Party);

    /// <summary>It has no jurisdiction on record.</summary>
    /// <param name="Party">The party.</param>
    public sealed record Nowhere(PartyId Party) : Shortfall(Party);

    /// <summary>The first reason why a party does not count; null where it counts, and where it is not there at all.</summary>
    internal static Shortfall? Of(Gathering gathering, PartyId party, Standard standard)
    {
        bool nested = gathering.Facts.Nested.Values.Any(m => m.Contains(party));
        int degree = nested ? 100 : gathering.Degrees.GetValueOrDefault(party);
        int assurance = gathering.Facts.Assurance.GetValueOrDefault(party);
        return degree == 0 || gathering.Counts(party, standard) ? null
            : gathering.Facts.OnProbation.Contains(party) ? new OnProbation(party)
            : degree < standard.SlowedBy ? new SlowsTooLittle(party, degree, standard.SlowedBy)
            : new Unverified(party, assurance, standard.Assurance);
    }
}
