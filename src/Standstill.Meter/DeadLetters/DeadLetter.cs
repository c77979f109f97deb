namespace Standstill.Meter.DeadLetters;

/// <summary>A kind of input that the meter does not take: a closed, documented list per format, so that counts have names.</summary>
/// <param name="Name">The name under which it is counted, like `text/label-twice`: the format, then the fault.</param>
/// <param name="Message">What is wrong, lower case, read after the input in backticks.</param>
/// <param name="Remedy">What would make it right.</param>
public sealed record DeadLetterKind(string Name, string Message, string Remedy);

/// <summary>One piece of input that was not taken as data, kept as a sample of its kind.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Place">Where in the document: `line 3`, a path of JSON, or empty for the whole document.</param>
/// <param name="Sample">The input itself, at most <see cref="DeadLetterTally.SampleBytes"/> bytes of it; bytes that are no text are escaped.</param>
public sealed record DeadLetter(DeadLetterKind Kind, string Place, string Sample)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Place.Length == 0 ? "" : Place + ": ") + (Sample.Length == 0 ? "" : "`" + Sample + "` ") + Kind.Message + "; " + Kind.Remedy;
}
