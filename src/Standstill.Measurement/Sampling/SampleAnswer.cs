namespace Standstill.Measurement.Sampling;

/// <summary>Whether a sample can reach a demanded detection probability.</summary>
public abstract record SampleAnswer
{
    private SampleAnswer()
    {
    }

    /// <summary>It can.</summary>
    /// <param name="Size">The smallest sample that does.</param>
    /// <param name="Detection">What that sample reaches, at least what was demanded.</param>
    public sealed record Enough(int Size, Probability Detection) : SampleAnswer;

    /// <summary>It cannot: even looking at every item leaves too much unseen.</summary>
    /// <param name="AtMost">What looking at every item reaches.</param>
    public sealed record Unreachable(Probability AtMost) : SampleAnswer;
}
