namespace Standstill.Model;

/// <summary>What a party of the model of a pact's life asks of the others. Parties are numbers.</summary>
/// <remarks>The two thresholds: who is bound already is judged by the lower one, staying; all others by the higher one.</remarks>
public abstract record LifeWish
{
    /// <summary>Nothing.</summary>
    public sealed record Nothing : LifeWish;

    /// <summary>All of these, by name; with assurance if so asked.</summary>
    public sealed record All(IReadOnlyList<int> Of, bool Assured = false) : LifeWish;

    /// <summary>At least so many of these.</summary>
    public sealed record Some(int Least, int Staying, IReadOnlyList<int> Of, bool Assured = false) : LifeWish;

    /// <summary>At least so many hundredths of all compute, the compute of outsiders included.</summary>
    public sealed record Hundredths(int Least, int Staying) : LifeWish;

    /// <summary>Both.</summary>
    public sealed record Both(LifeWish Left, LifeWish Right) : LifeWish;

    /// <summary>Either.</summary>
    public sealed record Either(LifeWish Left, LifeWish Right) : LifeWish;
}
