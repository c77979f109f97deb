namespace Standstill.Measurement.Fleet;

/// <summary>Work as a party declares it.</summary>
public abstract record DeclaredWork
{
    private DeclaredWork()
    {
    }

    /// <summary>A number of operations.</summary>
    /// <param name="Operations">The operations.</param>
    public sealed record Stated(Flop Operations) : DeclaredWork;

    /// <summary>A dense model trained on tokens: 6·N·D operations (Kaplan et al., arXiv 2001.08361, section 2.1).</summary>
    /// <param name="Parameters">N, active in each step; above 0.</param>
    /// <param name="Tokens">D, each pass counted; above 0.</param>
    public sealed record Training(double Parameters, double Tokens) : DeclaredWork;

    /// <summary>The operations.</summary>
    public Flop Total => this switch
    {
        Stated stated => stated.Operations,
        Training training => new Flop(6 * training.Parameters * training.Tokens),
        _ => throw new InvalidOperationException("an unknown declaration"),
    };
}
