print("nothing to see here")


def area(box):
    return (box[2] - box[0]) * (box[3] - box[1])
