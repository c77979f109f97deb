namespace Standstill.Node.Notices;

/// <summary>What became of an attempt to deliver a notice.</summary>
internal abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>The receiver has it.</summary>
    public sealed record Taken : Delivery;

    /// <summary>The receiver may not have it. It may take it later.</summary>
    public sealed record Failed(string Why) : Delivery;

    /// <summary>The receiver says that it wants no more.</summary>
    public sealed record Unwanted(string Why) : Delivery;
}
