namespace CommandCenter.Data.Grids;

/// <summary>An uploaded file, or one feature of it, is larger than allowed. Nothing of it was taken.</summary>
/// <param name="maxBytes">The limit.</param>
/// <param name="feature">The feature that is too large, from 0; null when it is the file.</param>
public sealed class AreaFileTooLargeException(long maxBytes, int? feature) : Exception(
    feature is { } index ? $"Feature {index} is larger than {maxBytes} bytes." : $"The file is larger than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;

    public int? Feature { get; } = feature;
}
